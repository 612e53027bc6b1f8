"""What of a class a person has to look at."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.classroom import to_do
from grader.classroom.gradebook import Holder
from grader.exchange.reported import students

TRIPLE = "def triple(x):\n    return 3 * x\n"


def test_lost_work_has_another_name_or_place_or_cannot_be_read(a_class: Any) -> None:
    texts = {
        "amina": a_class.work(),
        "bruno": TRIPLE,  # nothing of the other is there
        "chen": TRIPLE + "def duoble(x):\n    return 2 * x\n",
        "dita": TRIPLE + "def outer():\n    def double(x):\n        return 2 * x\n",
        "emil": TRIPLE + "def double(x)\n    return 2 * x\n",
        "farah": "import nothing_like_it\n" + TRIPLE + "double = nothing_like_it.double\n",
        "gustav": TRIPLE + "def double(x):\n    raise ValueError\n",
    }
    a_class.run(*(a_class.handed_in(student, text) for student, text in texts.items()))
    lost = [Holder("week", student, "double") for student in ("chen", "dita", "emil")]

    assert list(to_do.lost_work(a_class.book, "week")) == lost
    assert list(to_do.lost_work(a_class.book, "week", student="dita")) == lost[1:2]
    cells = {each.id: [work.is_lost for work in each.works] for each in students(a_class.book, "week", records=False)}
    assert cells == {who: [who in ("chen", "dita", "emil"), False] for who in texts}

    with a_class.book.writing():
        a_class.book.mark(lost[0], Fraction(5), author="mira", why="only its name")
    assert list(to_do.lost_work(a_class.book, "week")) == lost[1:]
