"""The schema of XJustiz where a person points at it: its version, and whether a message fits it. None is shipped, for
their licence was not found."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from heller.model.errors import InputRefused
from heller.model.text import text

MESSAGES, BASIS = "xjustiz_0005_nachrichten*.xsd", "xjustiz_0000_grunddatensatz*.xsd"
VERSION = "//*[@name='xjustizVersion']/@fixed"
FEW = 3  # faults that are named
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


class Schema:
    """The XSD files of a folder or of those in it. Raises InputRefused where there is none that can be used."""

    def __init__(self, folder: Path) -> None:
        found = sorted(folder.rglob(MESSAGES))
        basis = sorted(found[0].parent.glob(BASIS)) if found else []
        try:
            if not basis:
                raise ValueError(MESSAGES)
            self._schema = etree.XMLSchema(etree.parse(found[0], SAFE))
            self.version = str(etree.parse(basis[0], SAFE).xpath(VERSION)[0])  # type: ignore[index]
        except (OSError, ValueError, IndexError, etree.LxmlError) as error:
            raise InputRefused(
                text("{folder} holds no schema of XJustiz that can be used.", folder=str(folder)),
                text("The message is checked against {files}.", files=MESSAGES),
                text("Unpack the XSD files of one version into a folder and point at it."),
            ) from error

    def check(self, message: bytes) -> None:
        """Raises InputRefused where a message does not fit."""
        if self._schema.validate(etree.fromstring(message, SAFE)):
            return
        faults = "; ".join(str(self._schema.error_log).splitlines()[:FEW])
        raise InputRefused(
            text("The message does not fit the schema of XJustiz {version}.", version=self.version),
            text("{faults}", faults=faults),
            text("Use another version of the schema, or file without the message."),
        )
