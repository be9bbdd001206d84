"""Publishing to an S3 bucket: boto3 against a real server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
import requests
from botocore.config import Config
from moto.server import ThreadedMotoServer
from portraits.build.releases import STAMP, PublishingError
from portraits.publish import SendingStopped
from portraits.publish.site import MANIFEST
from portraits.publish.targets import S3Target

from tests.processes import free_port
from tests.publishing.sites import ADDED, CHANGED, FILES, LATER, REMOVED, Publication

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of the test's own, with the key that the publication finds too."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "essai")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "essai")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )


@pytest.fixture
def bucket(client: Any) -> str:
    name = f"portraits-{uuid4().hex[:12]}"
    client.create_bucket(Bucket=name)
    return name


UNDER = "serie/2011/"


@pytest.fixture
def publication(tmp_path: Any, endpoint: str, bucket: str) -> Publication:
    return Publication(tmp_path, S3Target(bucket, prefix=UNDER.strip("/"), endpoint=endpoint))


def objects(client: Any, bucket: str, prefix: str = UNDER) -> dict[str, bytes]:
    found = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", ())
    keys = [entry["Key"] for entry in found]
    return {
        key.removeprefix(prefix): client.get_object(Bucket=bucket, Key=key)["Body"].read()
        for key in keys
        if not key.endswith(MANIFEST)
    }


@pytest.mark.parametrize("prefix", ["", UNDER])
def test_the_bucket_holds_the_site_and_then_the_next_one(
    publication: Publication, client: Any, bucket: str, endpoint: str, prefix: str
) -> None:
    publication.target = S3Target(bucket, prefix=prefix, endpoint=endpoint)
    assert publication().added == tuple(sorted(FILES))
    assert objects(client, bucket, prefix) == dict(FILES)
    changes = publication(LATER)
    assert (changes.added, changes.changed, changes.removed) == (ADDED, CHANGED, REMOVED)
    assert objects(client, bucket, prefix) == dict(LATER)
    assert STAMP not in objects(client, bucket, prefix)


def test_the_second_time_there_is_nothing_to_do(
    publication: Publication, client: Any, bucket: str
) -> None:
    publication()
    before = client.list_objects_v2(Bucket=bucket)["Contents"]
    assert publication().nothing
    assert client.list_objects_v2(Bucket=bucket)["Contents"] == before


def test_a_dry_run_sends_nothing(publication: Publication, client: Any, bucket: str) -> None:
    publication(dry_run=True)
    assert f"{len(FILES)} ajoutés" in publication.said[-1]
    assert "Contents" not in client.list_objects_v2(Bucket=bucket)


def test_a_reader_gets_each_file_with_its_headers(
    publication: Publication, client: Any, bucket: str
) -> None:
    publication()
    shortly, forever = "public, max-age=300, must-revalidate", "public, max-age=31536000, immutable"
    for path, media_type, caching in (
        ("index.html", "text/html; charset=utf-8", shortly),
        ("atom.xml", "application/atom+xml", shortly),
        ("etiquettes/web/atom.xml", "application/atom+xml", shortly),
        ("feed.json", "application/feed+json", shortly),
        ("theme/style.0a1b2c.css", "text/css; charset=utf-8", forever),
        ("images/lea-0f.avif", "image/avif", forever),
    ):
        address = client.generate_presigned_url(
            "get_object", Params={"Bucket": bucket, "Key": UNDER + path}
        )
        answer = requests.get(address, timeout=10)
        assert answer.content == FILES[path]
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Cache-Control"] == caching


def test_what_others_put_there_stays(publication: Publication, client: Any, bucket: str) -> None:
    others = (f"{UNDER}statistiques.html", "ailleurs/index.html")
    for key in others:
        client.put_object(Bucket=bucket, Key=key, Body=b"1")
    publication()
    publication(LATER)
    assert objects(client, bucket, "").keys() == {*others, *(UNDER + path for path in LATER)}


def test_a_file_of_somebody_else_is_not_replaced_unless_it_is_said(
    publication: Publication, client: Any, bucket: str
) -> None:
    client.put_object(Bucket=bucket, Key=f"{UNDER}index.html", Body=b"1")
    with pytest.raises(PublishingError, match="--adopt"):
        publication()
    assert objects(client, bucket) == {"index.html": b"1"}
    publication(adopt=True)
    assert objects(client, bucket) == dict(FILES)


def test_a_file_changed_at_the_target_is_put_right(
    publication: Publication, client: Any, bucket: str
) -> None:
    publication()
    forged = FILES["rss.xml"].replace(b"2.0", b"9.9")
    client.put_object(Bucket=bucket, Key=f"{UNDER}rss.xml", Body=forged)
    assert publication().changed == ("rss.xml",)
    assert objects(client, bucket) == dict(FILES)


def test_a_file_deleted_at_the_target_is_sent_again(
    publication: Publication, client: Any, bucket: str
) -> None:
    publication()
    client.delete_object(Bucket=bucket, Key=f"{UNDER}rss.xml")
    assert publication().added == ("rss.xml",)


def test_a_list_of_several_pages_is_read_to_its_end(
    publication: Publication, client: Any, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "4")
    publication()
    assert len(client.list_objects_v2(Bucket=bucket)["Contents"]) == 4
    assert publication().nothing


def test_a_publication_that_stopped_on_its_way_is_taken_up_again(
    publication: Publication, client: Any, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portraits.publish.bucket import Bucket

    publication()
    send = Bucket._send

    def cut(self: Bucket, path: str) -> None:
        if path == "portraits/lea/index.html":
            raise PublishingError("coupé")
        send(self, path)

    with monkeypatch.context() as context:
        context.setattr(Bucket, "_send", cut)
        with pytest.raises(SendingStopped, match="coupé"):
            publication(LATER)
    there = objects(client, bucket)
    assert {"theme/style.3d4e5f.css", "theme/style.0a1b2c.css"} <= there.keys()
    publication(FILES)
    assert objects(client, bucket) == dict(FILES)


# -- what goes wrong


def refusal(base: Any, target: S3Target) -> str:
    with pytest.raises(PublishingError) as refused:
        Publication(base, target)()
    return str(refused.value)


def test_a_bucket_that_is_missing_is_said(tmp_path: Any, client: Any, endpoint: str) -> None:
    assert "ce seau n’existe pas — créez-le" in refusal(
        tmp_path, S3Target("absent", endpoint=endpoint)
    )


def test_a_name_that_no_bucket_can_have_is_said(tmp_path: Any, client: Any, endpoint: str) -> None:
    assert "corrigez « bucket »" in refusal(tmp_path, S3Target("a b", endpoint=endpoint))


def test_a_service_that_does_not_answer_is_said(tmp_path: Any, client: Any) -> None:
    target = S3Target("portraits", endpoint=f"http://127.0.0.1:{free_port()}")
    assert "le service ne répond pas — vérifiez « endpoint »" in refusal(tmp_path, target)


def test_an_address_that_is_none_is_said(tmp_path: Any, client: Any) -> None:
    assert "corrigez « endpoint »" in refusal(
        tmp_path, S3Target("portraits", endpoint="seau.exemple")
    )


def test_a_missing_key_is_said(
    tmp_path: Any, client: Any, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert "aucune clé — donnez AWS_ACCESS_KEY_ID" in refusal(
        tmp_path, S3Target("portraits", endpoint=endpoint)
    )


def test_a_profile_that_does_not_exist_is_said(tmp_path: Any, client: Any, endpoint: str) -> None:
    assert "corrigez « profile »" in refusal(
        tmp_path, S3Target("portraits", endpoint=endpoint, profile="absent")
    )
