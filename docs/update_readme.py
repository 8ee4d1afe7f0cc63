"""Run the blocks of README.md that are marked `<!-- runs -->`, and write their output anew.

A block has commands after `$ ` (of whipcount, with `| head -n N` at most) or Python after `>>> `;
what follows each is its output. `updated` is what the tests compare.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path

from whipcount.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- runs -->\n```(?:console|pycon)\n)(.*?)(```\n)", re.DOTALL)


def updated(text: str) -> str:
    """Return a README's text with the output that its blocks have now."""
    return BLOCK.sub(lambda block: block[1] + _run(block[2]) + block[3], text)


def _run(block: str) -> str:
    names: dict[str, object] = {}
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines += [line, *_command(line[2:])]
        elif line.startswith(">>> "):
            lines += [line, *_python(line[4:], names)]
    return "".join(f"{line}\n" for line in lines)


def _command(command: str) -> list[str]:
    command, _, head = command.partition(" | head -n ")
    program, *arguments = shlex.split(command)
    if program != "whipcount":
        raise ValueError(f"only whipcount is run, not {program}")
    printed = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed):
        Path("out").mkdir(exist_ok=True)
        code = main(arguments)
    if code:
        raise RuntimeError(f"{command} gave exit code {code}")
    lines = printed.getvalue().splitlines()
    return lines[: int(head)] if head else lines


def _python(line: str, names: dict[str, object]) -> list[str]:
    printed = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed):
        exec(compile(line, "README.md", "single"), names)
    return printed.getvalue().splitlines()


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{README.name} is up to date", file=sys.stderr)
