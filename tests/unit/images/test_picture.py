"""The plan of a picture: sizes, crops and names, without touching a file."""

import dataclasses
from pathlib import Path

import pytest
from portraits.images import picture
from portraits.images.picture import CARD, INLINE, PORTRAIT, SQUARE, Use, crop_box, plan
from portraits.images.source import ImageFile

USES = (PORTRAIT, CARD, SQUARE, INLINE)


def photo(width: int, height: int, digest: str = "0" * 64) -> ImageFile:
    """A photo that exists nowhere."""
    return ImageFile(Path("/nowhere/photo.jpg"), digest, width, height, "image/jpeg")


@pytest.mark.parametrize(
    ("available", "widths"),
    [
        (4000, (480, 800, 1200, 1600)),
        (1600, (480, 800, 1200, 1600)),
        (1599, (480, 800, 1200, 1599)),
        (1300, (480, 800, 1200)),  # 1300 is too near to 1200 to be worth a file
        (700, (480, 700)),
        (480, (480,)),
        (200, (200,)),
        (16, (16,)),
    ],
)
def test_no_file_is_wider_than_the_photo(available: int, widths: tuple[int, ...]) -> None:
    planned = plan(photo(available, available), PORTRAIT)
    assert tuple(variant.width for variant in planned.avif) == widths


@pytest.mark.parametrize("use", USES, ids=lambda use: use.name)
@pytest.mark.parametrize("size", [(16, 16), (333, 500), (640, 480), (4000, 3000), (39_000, 1000)])
def test_every_picture_has_both_formats_within_the_photo(use: Use, size: tuple[int, int]) -> None:
    planned = plan(photo(*size), use)
    assert planned.avif and planned.jpeg
    assert {v.width for v in planned.jpeg} <= {v.width for v in planned.avif}
    assert (planned.width, planned.height) == (planned.avif[-1].width, planned.avif[-1].height)
    for variant in (*planned.avif, *planned.jpeg):
        assert 1 <= variant.width <= size[0] and 1 <= variant.height <= size[1]
        assert variant.name.endswith(
            {"image/avif": f"-{variant.width}.avif", "image/jpeg": f"-{variant.width}.jpg"}[
                variant.media_type
            ]
        )


@pytest.mark.parametrize(
    ("use", "size", "focus", "box"),
    [
        (SQUARE, (400, 200), (0.5, 0.5), (100, 0, 300, 200)),
        (SQUARE, (400, 200), (0.0, 0.5), (0, 0, 200, 200)),
        (SQUARE, (400, 200), (1.0, 0.5), (200, 0, 400, 200)),
        (SQUARE, (400, 200), (0.3, 0.9), (20, 0, 220, 200)),
        (SQUARE, (200, 400), (0.5, 0.3), (0, 20, 200, 220)),
        (CARD, (1000, 500), (0.5, 0.5), (300, 0, 700, 500)),
        (CARD, (400, 900), (0.5, 0.0), (0, 0, 400, 500)),
        (CARD, (400, 500), (0.1, 0.9), (0, 0, 400, 500)),
        (PORTRAIT, (1500, 1000), (0.1, 0.1), (0, 0, 1500, 1000)),  # 3:2 is left whole
        (PORTRAIT, (3200, 900), (0.5, 0.5), (800, 0, 2400, 900)),  # a panorama is not
        (PORTRAIT, (400, 1000), (0.5, 0.5), (0, 250, 400, 750)),
        (INLINE, (3200, 100), (0.5, 0.5), (0, 0, 3200, 100)),
    ],
)
def test_a_crop_is_as_large_as_can_be_around_the_focus(
    use: Use, size: tuple[int, int], focus: tuple[float, float], box: tuple[int, int, int, int]
) -> None:
    assert crop_box(*size, use, focus) == box


def test_equal_arguments_give_equal_plans_and_the_path_is_no_argument() -> None:
    moved = dataclasses.replace(photo(900, 900), path=Path("/elsewhere.png"))
    assert plan(photo(900, 900), CARD, (0.2, 0.3)) == plan(moved, CARD, (0.2, 0.3))


def test_whatever_changes_the_bytes_changes_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [
        plan(photo(900, 900), CARD),
        plan(photo(900, 900, "1" * 64), CARD),
        plan(photo(900, 900), CARD, (0.1, 0.5)),
        plan(photo(900, 900), SQUARE),
        plan(photo(900, 900), dataclasses.replace(CARD, widths=(320, 480))),
        plan(photo(900, 900), dataclasses.replace(CARD, fallback_widths=(320,))),
    ]
    monkeypatch.setattr(picture, "encoder_version", lambda: "another encoder")
    plans.append(plan(photo(900, 900), CARD))
    assert len({planned.key for planned in plans}) == len(plans)


def test_a_focus_that_moves_no_edge_makes_no_new_files() -> None:
    assert plan(photo(400, 500), CARD, (0.1, 0.1)) == plan(photo(400, 500), CARD, (0.9, 0.9))


def test_the_version_names_pillow_and_the_avif_encoder() -> None:
    import PIL
    from PIL import features

    said = picture.encoder_version().split()
    assert {PIL.__version__, features.version("avif"), features.version("jpg")} <= {*said}
