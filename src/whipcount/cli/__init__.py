"""The commands: each parses, calls one function of the library, and renders.

Exit codes: 0 all well; 1 some pages could not be read and the rest is done; 2 nothing could be
done, or the command was wrong; 130 interrupted from the keyboard. Results go to standard output or
`--out`; errors, warnings and progress to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from whipcount import __version__
from whipcount.cli.actors import actors
from whipcount.cli.backtest import backtest
from whipcount.cli.bodies import bodies
from whipcount.cli.by_hand import enter, override
from whipcount.cli.changes import changes
from whipcount.cli.code import code
from whipcount.cli.count import count
from whipcount.cli.dna import dna
from whipcount.cli.export import export
from whipcount.cli.issue import issue
from whipcount.cli.measure import measure
from whipcount.cli.network import network
from whipcount.cli.power import power
from whipcount.cli.project import add, check, history, init, merge, undo
from whipcount.cli.read import read
from whipcount.cli.review import review
from whipcount.cli.sample import sample
from whipcount.cli.statements import statements
from whipcount.errors import WhipcountError

__all__ = ["main"]

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT, as shells have it."""


class Commands(click.Group):
    """The commands; whoever reads their output may stop, which click would make exit code 1."""

    def invoke(self, context: click.Context) -> object:
        """Run a command and return its exit code; 0 where nobody reads on."""
        try:
            result: object = super().invoke(context)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would complain once more when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    epilog="Exit code 0: all well; 1: some pages could not be read, the rest is done; "
    "2: nothing could be done, or the command was wrong.",
)
@click.version_option(__version__, prog_name="whipcount", message="%(prog)s %(version)s")
def whipcount() -> None:
    """Read the news about a decision, and tell where every member of the body stands.

    A PAGE is a file, a folder, a project (.whip), or - for standard input.
    """


for command in (
    read,
    statements,
    code,
    count,
    changes,
    actors,
    issue,
    bodies,
    power,
    backtest,
    network,
    measure,
    dna,
    init,
    add,
    enter,
    override,
    history,
    undo,
    check,
    export,
    merge,
    sample,
    review,
):
    whipcount.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; unexpected errors keep their traceback."""
    try:
        result = whipcount.main(
            None if arguments is None else list(arguments),
            prog_name="whipcount",
            standalone_mode=False,
        )
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return 2
    except WhipcountError as error:
        print(f"whipcount: {error}", file=sys.stderr)
        return 2
    return result if isinstance(result, int) else 0
