"""Text that was decoded wrongly on its way: quotation marks that became `â€œ` are made whole again.

It is for formats whose text is chosen here, not for plain text, whose offsets are the file's own.
"""

from __future__ import annotations

import html
import re

_SIGNS = ("â", "Ã", "Â", "Å", "&acirc;", "&Acirc;", "&Atilde;")
_SPOILT = re.compile(r"[âÃÂÅ][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|&acirc;|&Acirc;|&Atilde;")
_ENTITIES = re.compile(
    r"&acirc;(?:&euro;|€|&#8364;)(?:&#?\w{2,8};|[^\s<&])?|&A(?:circ|tilde);&\w+;"
)
_CLOSING = re.compile(r"â€(?=[\s.,;:!?)<\"]|$)")


def mended(text: str) -> str:
    """Return a text without the traces of a wrong decoding; the same text where it has none.

    The method is ftfy's (Speer 2019), line by line: what was UTF-8 and was read as windows-1252 or
    the like. Nothing else is changed: quotation marks stay as they are.
    """
    # looking for a sign is 50 times as fast as for a pattern, and nearly all pages have none
    if not any(sign in text for sign in _SIGNS) or not _SPOILT.search(text):
        return text
    # takes 0.1 s to import, and is needed for hardly any page
    from ftfy import TextFixerConfig, fix_text  # noqa: PLC0415

    text = _ENTITIES.sub(lambda match: html.unescape(match[0]), text)
    # windows-1252 has no 0x9D, the last byte of a closing mark, and many programs drop it
    text = _CLOSING.sub("\u201d", text)
    return fix_text(
        text,
        TextFixerConfig(
            unescape_html=False,
            remove_terminal_escapes=False,
            fix_latin_ligatures=False,
            fix_character_width=False,
            uncurl_quotes=False,
            fix_line_breaks=False,
            fix_surrogates=False,
            remove_control_chars=False,
            normalization=None,
            explain=False,
        ),
    )
