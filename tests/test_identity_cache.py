from grader.identity_cache import IdentityCache


class Thing:
    """Equal to every other, and still another."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_the_same_object_is_made_of_once():
    made = []
    cache = IdentityCache(lambda it: made.append(it) or len(made), most=2)
    first, second = Thing(), Thing()
    assert [cache.of(first), cache.of(second), cache.of(first)] == [1, 2, 1]


def test_what_came_longest_ago_is_made_anew():
    made = []
    cache = IdentityCache(lambda it: made.append(it) or len(made), most=2)
    first, second, third = Thing(), Thing(), Thing()
    cache.of(first), cache.of(second), cache.of(first), cache.of(third)
    assert [cache.of(first), cache.of(third), cache.of(second)] == [1, 3, 4]
