"""Press releases and transcripts as offices publish them, with people of our own invention."""
# ruff: noqa: E501

from __future__ import annotations

RELEASE = """FOR IMMEDIATE RELEASE

Contact: Ann Light
Telephone: +99 555 0100
press@harbour.example

Harbour League Opens Its Table to Arlen

BRUMEL, March 4, 2031 - The Harbour League will open its table to Arlen from the first of May, its \
council decided today.

"This is a good day for eight ports and for a ninth," said Lena Orlo, the league's secretary. "We have \
waited for it since the flood."

Arlen will pay a ninth of the costs of the ferries. Its minister, Mirela Dask, said that the piers would \
be mended by autumn.

About the Harbour League

The Harbour League is an association of eight ports on the Straits. It was founded in 1931 and has its \
seat in Brumel. For more information visit www.league.example.

###
"""

RELEASE_UK = """Press release

Ferries for Isk: minister sets out timetable

From: Ministry of Ports
Published 4 March 2031

The Ministry of Ports has today set out when the new ferries will sail to Isk, after talks with the \
islanders.

Ports Minister Tam Ruhl said:

"Isk has waited long enough for a ship that sails in winter. From October it will have two of them, and \
nobody will pay more for the passage."

The islanders' council said that it welcomed the plan.

ENDS

Notes to editors

1. The ferries will be built in Torvel under a contract that was signed in 2030.

2. The timetable was published in the ministry's gazette on the same day.

Media enquiries: 0555 0199
"""

BRIEFING = """Department Press Briefing - March 4, 2031

Ned Parr, Department Spokesperson

Washing Hall, Brumel

March 4, 2031

2:11 p.m. CET

MR PARR: Good afternoon, everyone. I have one thing at the top, and then I will take your questions.

The league has invited Arlen to its table. We welcome that, and we will say so in the council on Friday.

QUESTION: Thank you. Does Halvern still oppose it?

MR PARR: We have heard what Halvern said. We do not think that it will vote against the invitation.

Q: And the ferries?

MR PARR: Nobody will pay for them twice. Let me leave it there.

QUESTION: Thank you.

(The briefing was concluded at 2:40 p.m.)
"""

HANSARD = """Ferries to Isk

Volume 12: debated on Tuesday 4 March 2031

Ann Light (Torvel North) (Lab)
What recent steps her Department has taken on the ferries to Isk.

The Minister of State, Ministry of Ports (Tam Ruhl)
We have set out a timetable for two new ferries, and the first of them will sail in October.

Ann Light
I thank the Minister for that answer. Will he also say who pays for the piers, which the league has \
refused to mend?

Mr Speaker
Order. The question was about ferries.

Tam Ruhl
The piers are the league's, Mr Speaker, and so are their bills. We oppose paying for them a second time.
"""

RECORD = """Mr. ORLO. Mr. Speaker, I rise in support of the bill, for the ferries of this State have sailed \
since before most of us were born.

Ms. LIGHT of Torvel. Will the gentleman yield?

Mr. ORLO. I yield to the gentlewoman from Torvel.

Ms. LIGHT of Torvel. I oppose the bill. It pays for a pier that nobody uses, and for a ship that does not \
float.

The SPEAKER pro tempore. The time of the gentleman has expired.
"""
