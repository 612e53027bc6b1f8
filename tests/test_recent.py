from grader.recent import Recent


class Thing:
    """Equal to every other, and still another."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_the_same_object_is_made_of_once():
    made = []
    recent = Recent(lambda it: made.append(it) or len(made), most=2)
    first, second = Thing(), Thing()
    assert [recent.of(first), recent.of(second), recent.of(first)] == [1, 2, 1]


def test_what_came_longest_ago_is_made_anew():
    made = []
    recent = Recent(lambda it: made.append(it) or len(made), most=2)
    first, second, third = Thing(), Thing(), Thing()
    recent.of(first), recent.of(second), recent.of(first), recent.of(third)
    assert [recent.of(first), recent.of(third), recent.of(second)] == [1, 3, 4]
