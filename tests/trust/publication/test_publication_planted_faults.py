"""Every promise of a release is broken on purpose, one line at a time; its test must go red.

The test that is called here is the one that runs every day, not a copy of it.
"""

from collections.abc import Callable, Mapping, Sequence

import pytest
import test_releases as releasing
import test_suppression as hiding

from bedside.trust.publication import publish as publish_module
from bedside.trust.publication import suppress as suppress_module
from bedside.trust.publication.counts import Counts
from bedside.trust.publication.publish import verify_differences
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import MemoryRegister
from bedside.trust.publication.release import Release
from bedside.trust.publication.suppress import find_small
from fault_report import FAULT

Check = Callable[[Counts, Release, Sequence[Release]], None]
Red = (AssertionError, pytest.fail.Exception, Refusal)
Plant = tuple[object, str, object]


def look_at_the_last_one_only(
    counts: Counts, release: Release, earlier: Sequence[Release], check: Check = verify_differences
) -> None:
    check(counts, release, earlier[-1:])


FAULTS: Mapping[str, tuple[Plant, Callable[[], None]]] = {
    "small cells without company": (
        (hiding, "find_hidden", find_small),
        hiding.test_no_small_count_of_any_table_of_two_by_two_can_be_worked_out,
    ),
    "company along single lines only": (
        (suppress_module, "_find_exposed", lambda *_, **__: iter(())),
        hiding.test_two_small_counts_that_share_a_sum_get_company,
    ),
    "a release that is held against no other": (
        (publish_module, "verify_differences", lambda *_: None),
        lambda: releasing.test_two_overlapping_periods_that_tell_a_small_month_are_refused(
            MemoryRegister()
        ),
    ),
    "a release that is held against the last one only": (
        (publish_module, "verify_differences", look_at_the_last_one_only),
        lambda: releasing.test_three_releases_that_only_together_tell_a_small_month_are_refused(
            MemoryRegister()
        ),
    ),
    "a release that tells how few were added": (
        (publish_module, "_refuse_small_changes", lambda *_, **__: None),
        lambda: releasing.test_a_number_that_changed_by_a_few_is_not_published_again(
            MemoryRegister()
        ),
    ),
    "a register that takes a release which was checked against an older one": (
        (MemoryRegister, "keep", lambda register, release, *, after: after and (register, release)),
        lambda: releasing.test_a_register_that_moved_keeps_nothing(MemoryRegister()),
    ),
    "a threshold that may be lowered": (
        (publish_module, "LEAST_THRESHOLD", 1),
        lambda: releasing.test_no_threshold_below_eleven_is_published_with(5),
    ),
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_planted_fault_turns_its_test_red(
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    (target, line, broken), test = FAULTS[name]
    monkeypatch.setattr(target, line, broken)

    noticed = False
    try:
        test()
    except Red:
        noticed = True

    record_property(FAULT, ("faults planted in our own code", 1, not noticed))
    assert noticed
