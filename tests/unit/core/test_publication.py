"""How the files of a site are shared out among processes."""

from __future__ import annotations

import pytest
from portraits.pages.spec import Group, Look, PageSpec
from portraits.publication import batches, batches_of_groups, rounds


def never() -> Look:
    raise AssertionError("nothing is looked at")


def spec(near: str = "", heavy: bool = False) -> PageSpec:
    return PageSpec("", b"", bytes, heavy=heavy, near=near)


@pytest.mark.parametrize(("files", "sizes"), [
    ([], []),
    ([spec()] * 40, [16, 16, 8]),
    ([spec(heavy=True)] * 3 + [spec()] * 2, [1, 1, 1, 2]),
    ([spec("feeds")] * 40 + [spec()] * 3, [40, 3]),
    ([spec()] * 3 + [spec("feeds")] * 40, [43]),
    ([spec("series")] * 3 + [spec("feeds")] * 14, [17]),
], ids=["none", "many", "heavy ones", "near one another", "some before", "two kinds"])
def test_files_near_one_another_are_made_by_one_process(
    files: list[PageSpec], sizes: list[int]
) -> None:
    specs = {str(number): one for number, one in enumerate(files)}
    found = list(batches(specs, specs))
    assert [len(batch) for batch in found] == sizes
    assert [path for batch in found for path in batch] == list(specs)


def test_processes_end_after_some_thousand_files_and_no_file_is_lost() -> None:
    shares = [[f"{batch}-{number}" for number in range(16)] for batch in range(11)]
    found = list(rounds(shares, len, 48))
    assert [len(share) for share in found] == [3, 3, 3, 2]
    assert [batch for share in found for batch in share] == shares
    assert list(rounds([], len, 48)) == []


@pytest.mark.parametrize(("files", "numbers"), [
    ([], []),
    ([6, 6, 6, 6], [range(3), range(3, 4)]),
    ([40, 1, 1], [range(1), range(1, 3)]),
    ([16], [range(1)]),
], ids=["none", "of portraits", "large and small", "one"])
def test_no_group_is_shared_among_processes(files: list[int], numbers: list[range]) -> None:
    groups = [Group("", ("x",) * count, never) for count in files]
    assert list(batches_of_groups(groups)) == numbers
