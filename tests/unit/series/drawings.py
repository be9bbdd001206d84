"""What every drawing must hold to, whatever it shows."""

from xml.etree.ElementTree import Element, fromstring

from portraits.support.svg import NAMESPACE, serialised

SVG = f"{{{NAMESPACE}}}"


def read_back(drawn: Element) -> Element:
    """The drawing as a reader of XML gets it."""
    return fromstring(serialised(drawn))


def texts(drawn: Element) -> list[str]:
    """Every line of text that the drawing shows."""
    return texts_read(read_back(drawn))


def texts_read(svg: Element) -> list[str]:
    """The same of a drawing that was read back."""
    return ["".join(element.itertext()) for element in svg.iter(f"{SVG}text")]


def links(drawn: Element) -> list[tuple[str, str]]:
    """(name for those who cannot see it, address) of every link."""
    return [
        (element.findtext(f"{SVG}title") or "", element.get("href") or "")
        for element in read_back(drawn).iter(f"{SVG}a")
    ]


def assert_fit_for_a_page(drawn: Element) -> None:
    """No style, no script, a name and a description, ids that are its own."""
    svg = read_back(drawn)
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script", "foreignObject")
        for attribute in element.attrib:
            assert attribute != "style"
            assert not attribute.startswith("on")
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert svg.get(attribute) in ids
    assert svg.get("role") == ("group" if links(drawn) else svg.get("role"))
    assert "nan" not in serialised(drawn)
