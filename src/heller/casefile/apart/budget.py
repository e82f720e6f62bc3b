"""How much one file may cost, and why one cost more. It measures nothing."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.text import Text, text

MB = 1 << 20
FREE = 64 * MB  # of a file's own size: larger ones are logs, whose lines take time and room
BYTES_A_SECOND = 2 * MB  # of a larger file that a second more is granted for
ROOM = 6  # bytes of memory more for each byte of a larger file


class Excess(Enum):
    """What a file took too much of. The values stand in journals."""

    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    ENDED = "ended"  # the process that read it broke down

    @classmethod
    def _missing_(cls, value: object) -> Excess:
        """A later version may know more of them."""
        return cls.ENDED

    @property
    def said(self) -> Text:
        """The same in words, as the reason why a file was not read."""
        match self:
            case Excess.TIME:
                return text("it takes more processor time than a file may")
            case Excess.MEMORY:
                return text("it takes more memory than a file may")
            case Excess.OUTPUT:
                return text("it says more than a file may")
            case Excess.ENDED:
                return text("the program that reads it broke down over it")


class Budget(Struct, frozen=True):
    """What one file may cost with all that lies in it: seconds of processor time, bytes of memory, bytes of what
    is handed back. `recognition` are the seconds of the process that recognises the words of pictures."""

    seconds: float = 20
    memory: int = 1024 * MB
    output: int = 512 * MB
    recognition: float = 300

    def times(self, factor: int) -> Budget:
        """The same, so many times: a machine that checks may be slower than the one that read."""
        return Budget(self.seconds * factor, self.memory * factor, self.output, self.recognition * factor)

    def for_size(self, size: int) -> Budget:
        """The budget of a file of so many bytes: what is larger than `FREE` is granted more.

        >>> Budget().for_size(1000) == Budget()
        True
        """
        more = max(0, size - FREE)
        return Budget(
            self.seconds + more // BYTES_A_SECOND, self.memory + more * ROOM, self.output, self.recognition
        )


class OverBudget(Exception):
    """A file cost more than it may; what was asked of it has no answer."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess.value)
        self.excess = excess
