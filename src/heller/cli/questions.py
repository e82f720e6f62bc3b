"""heller questions: what is not stated yet, and the euros that hang on each answer."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.advice import Question
from heller.model.text import Text, text

PLACE = 200
VERB = text("What is not stated yet, and the euros that hang on each answer.")

MOST_ANSWERS = 3  # that are shown one by one


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """What is not stated yet, and the euros that hang on each answer."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    if json:
        screen.as_json({"as_of": day.isoformat(), "questions": claimed.questions})
    else:
        show(claimed.questions, screen.words(claimed.case.tz, claimed.case.trade))


def show(questions: tuple[Question, ...], say: Words) -> None:
    """Those that change the sum first, each with its answers; then the others."""
    if not questions:
        screen.point(tr("Nothing is left to ask."))
        return
    for question in questions:
        one(question, say)
    screen.out().print()
    screen.out().print(tr("Answer with: heller note CASE fact NAME VALUE"), style="dim")


def one(question: Question, say: Words) -> None:
    """A question, what hangs on it, why, and what would be due with each answer."""
    worth = say.money(question.worth) if question.worth else ""
    screen.out().print()
    screen.point(f"{say(question.label)}?  {worth}", "?", "bold")
    screen.point(say(question.why), " ")
    if question.worth and len(question.answers) <= MOST_ANSWERS:
        for answer in question.answers:
            line = text("{label}: {due} due", label=answer.label, due=answer.due.likely)
            screen.point(say(line), " ", "dim")
    elif question.worth:
        screen.point(say(_apart(question)), " ", "dim")
    elif question.answers:
        screen.point(tr("The answer changes nothing in the sum of this case."), " ", "dim")
    screen.point(f"heller note CASE fact {question.key} ...", " ", "dim")


def _apart(question: Question) -> Text:
    sums = [answer.due.likely for answer in question.answers]
    return text("Between {least} and {most} due.", least=min(sums), most=max(sums))
