from __future__ import annotations

import sys

import msgspec
import pytest

from grader.observe.walls.levels import Level
from grader.observe.walls.limits import THREADS
from grader.observe.walls.plan import Plan, encoded, plan_for
from grader.observe.zygote_protocol import MAX_PLAN_BYTES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")


def test_without_walls_nothing_is_planned() -> None:
    assert plan_for(Level.NONE, "/somewhere") == Plan(Level.NONE)


@pytest.mark.parametrize("level", list(Level))
def test_a_plan_goes_into_one_packet_and_arrives_whole(level: Level) -> None:
    packet = encoded(level, "/home/student")

    assert len(packet) <= MAX_PLAN_BYTES
    assert msgspec.msgpack.decode(packet, type=Plan) == plan_for(level, "/home/student")


def test_a_child_may_do_less_than_its_zygote_and_has_few_threads_of_its_own() -> None:
    plan = plan_for(Level.STRICT, "/home/student")

    assert plan.child_filter
    assert plan.zygote_filter != plan.child_filter
    assert plan.threads == THREADS
    assert not plan.reads_anything
