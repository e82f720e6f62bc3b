"""What a name server is asked, and whether it was that server who answered. Pure: bytes in, an outcome out.

Three questions in turn show who answers: a record that is known, a random label of `.invalid`, which exists nowhere
(RFC 6761, 6.4), and what the server calls itself (id.server in CHAOS, RFC 4892), where it is known to say that. An
answer that does not fit is another's: of a resolver in the way, or of a page for those who are not released yet.
"""

from __future__ import annotations

import struct
from enum import Enum

import dns.exception
import dns.message
import dns.rdataclass
import dns.rdatatype

from heller.model.sample import Outcome

HEAD = struct.Struct("!HHHHHH")  # id, flags, questions, answers, authorities, additional (RFC 1035, 4.1.1)
IS_ANSWER, RCODE = 0x8000, 0x000F
NO_ERROR, NO_NAME = 0, 3


class Sort(Enum):
    """The sort of question."""

    KNOWN = 1
    RANDOM = 2
    IDENTITY = 3


PLAIN = (Sort.KNOWN,)
IN_TURN = (Sort.KNOWN, Sort.RANDOM)
WITH_IDENTITY = (*IN_TURN, *IN_TURN, Sort.KNOWN, Sort.IDENTITY)


def question(name: str, six: bool = False) -> bytes:
    """The bytes of a recursive question for the address of `name`, with the number 0."""
    kind = dns.rdatatype.AAAA if six else dns.rdatatype.A
    return dns.message.make_query(name, kind, id=0).to_wire()


def random_question(label: str) -> bytes:
    """The same for a label that exists nowhere."""
    return question(f"{label}.invalid")


IDENTITY = dns.message.make_query("id.server", dns.rdatatype.TXT, dns.rdataclass.CH, id=0, flags=0).to_wire()


def question_of(query: bytes) -> bytes:
    """Name, type and class that a message of ours asks for: its bytes after the head, without additionals."""
    end = query.index(0, HEAD.size)
    return query[HEAD.size : end + 5]


def judge(
    answer: bytes,
    query: bytes,
    sort: Sort = Sort.KNOWN,
    expect: tuple[str, ...] = (),
    identity: str = "",
) -> Outcome | None:
    """What an answer to `query` says; None where it is none. `expect`: addresses of which a known record has one,
    empty where nothing is known of it; `identity`: what the server's name for itself contains."""
    if len(answer) < HEAD.size:
        return None
    _, flags, questions, _, _, _ = HEAD.unpack_from(answer)
    want = question_of(query)
    if not flags & IS_ANSWER or (questions and answer[HEAD.size :][: len(want)].lower() != want.lower()):
        return None
    code = flags & RCODE
    if code not in (NO_ERROR, NO_NAME):
        return Outcome.DNS_ERROR
    if sort is Sort.KNOWN and not expect:
        return Outcome.OK
    if code == NO_NAME:
        return (
            Outcome.OK if sort is Sort.RANDOM else Outcome.OTHER if sort is Sort.KNOWN else Outcome.DNS_ERROR
        )
    said = _addresses_in(answer)
    match sort:
        case Sort.KNOWN:
            return Outcome.OK if said & set(expect) else Outcome.OTHER
        case Sort.RANDOM:
            return Outcome.OTHER if said else Outcome.OK
        case Sort.IDENTITY:
            if not said:
                return Outcome.DNS_ERROR
            return Outcome.OK if any(identity.lower() in one.lower() for one in said) else Outcome.OTHER


def _addresses_in(answer: bytes) -> set[str]:
    """Addresses and texts in an answer; empty where it cannot be read."""
    try:
        message = dns.message.from_wire(answer, ignore_trailing=True)
    except dns.exception.DNSException:
        return set()
    found = set()
    for records in message.answer:
        for item in records:
            if hasattr(item, "address"):
                found.add(str(item.address))
            elif hasattr(item, "strings"):
                found.add(b"".join(item.strings).decode("utf-8", "replace"))
    return found
