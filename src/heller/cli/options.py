"""The parameters that several verbs share. Their help is said when a verb is called, in its language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from heller.cli.screen import tr

CaseFolder: TypeAlias = Annotated[Path, Parameter(help=tr("The case folder."))]
AsOf: TypeAlias = Annotated[
    str | None, Parameter(help=tr("The day for interest and deadlines; today if left out."))
]
AsJson: TypeAlias = Annotated[bool, Parameter(help=tr("Print JSON for machines."))]
OfLine: TypeAlias = Annotated[
    str | None, Parameter(name="--line", help=tr("The line that it is about, or all."))
]
OfEvent: TypeAlias = Annotated[
    str | None,
    Parameter(name="--event", help=tr("The event that it is about: a day or moment of it, or every.")),
]
Thing: TypeAlias = Annotated[
    str, Parameter(help=tr("An exhibit (K3 or its file), an entry (#12) or a document's number."))
]
WhichLine: TypeAlias = Annotated[str | None, Parameter(help=tr("The line, where there are several."))]
Who: TypeAlias = Annotated[str, Parameter(help=tr("Who says so."))]
Why: TypeAlias = Annotated[str, Parameter(help=tr("Why."))]
