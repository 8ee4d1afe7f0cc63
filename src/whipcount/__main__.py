"""`python -m whipcount` is the command `whipcount`."""

import sys

from whipcount.cli import main

sys.exit(main())
