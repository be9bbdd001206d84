"""Publish to an S3 bucket, of Amazon or of any compatible service.

A bucket reports an ETag for each object, a digest whose form depends on how the object was sent and
encrypted. So the list at the target stores, with each file, a hash of what was sent and the ETag
returned: a file is unchanged, headers included, if both are still the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from portraits.build.releases import PublishingError
from portraits.output.media_types import media_type
from portraits.publish import manifest
from portraits.publish.changes import Changes, TargetState
from portraits.publish.media import caching
from portraits.publish.site import MANIFEST, BuiltSite
from portraits.publish.stepwise import carry_out
from portraits.publish.targets import S3Target
from portraits.support.messages import msg
from portraits.support.workers import Progress

_AT_ONCE = 8
"""Number of concurrent requests."""
_MEANINGS = {
    "NoSuchBucket": "bucket.no_bucket",
    "404": "bucket.no_bucket",
    "AccessDenied": "bucket.access_denied",
    "403": "bucket.access_denied",
    "InvalidAccessKeyId": "bucket.unknown_key",
    "SignatureDoesNotMatch": "bucket.wrong_secret",
    "ExpiredToken": "bucket.expired",
    "RequestTimeTooSkewed": "bucket.clock_wrong",
    "PermanentRedirect": "bucket.other_region",
    "AuthorizationHeaderMalformed": "bucket.other_region",
    "SlowDown": "bucket.slow_down",
    "QuotaExceeded": "bucket.full",
    "EntityTooLarge": "bucket.file_too_large",
    "NoCredentialsError": "bucket.no_key",
    "PartialCredentialsError": "bucket.half_a_key",
    "ProfileNotFound": "bucket.no_profile",
    "EndpointConnectionError": "bucket.no_answer",
    "ConnectTimeoutError": "bucket.no_answer",
    "ReadTimeoutError": "bucket.silent",
    "ConnectionClosedError": "bucket.cut_off",
    "SSLError": "bucket.certificate_refused",
    "InvalidRegionError": "bucket.no_region",
    "ParamValidationError": "bucket.impossible_name",
    "ValueError": "bucket.impossible_address",
}
"""Error code of a service, or class of a boto3 error -> the message that explains it."""


class Bucket:
    """A bucket, or a folder inside it, to which ``site`` is published."""

    def __init__(self, target: S3Target, site: BuiltSite, progress: Progress | None) -> None:
        self.target, self.site, self.progress = target, site, progress
        self.prefix = f"{target.prefix.strip('/')}/".lstrip("/")
        self.standing = TargetState()
        self.marks: dict[str, str] = {}

    def look(self) -> TargetState:
        """Return what is there now. Raise PublishingError if that fails."""
        with self._explaining():
            etags = dict(self._listed())
            self.marks = manifest.read(self._list_kept() if MANIFEST in etags else None)
        same = frozenset(
            path
            for path in self.site.paths
            if path in etags and self.marks.get(path) == self._mark(path, etags[path])
        )
        self.standing = TargetState(
            same,
            frozenset(self.site.paths) & etags.keys() - same,
            frozenset(self.marks) & etags.keys(),
        )
        return self.standing

    def carry_out(self, changes: Changes) -> None:
        """Make the changes. Raise SendingStopped if one fails."""
        carry_out(self, self.site, self.standing, changes, self.progress)

    def send(self, paths: Sequence[str]) -> None:
        self._all(self._send, paths)

    def delete(self, paths: Sequence[str]) -> None:
        # One by one, because not all services support the request that deletes many.
        self._all(self._delete, paths)

    def record(self, paths: Iterable[str]) -> None:
        content = manifest.written({path: self.marks.get(path, "") for path in paths})
        with self._explaining():
            self._client.put_object(
                Bucket=self.target.bucket,
                Key=self.prefix + MANIFEST,
                Body=content,
                ContentType="application/json",
                CacheControl="no-store",
            )

    def _send(self, path: str) -> None:
        with self.site.file(path).open("rb") as content:
            answer = self._client.put_object(
                Bucket=self.target.bucket,
                Key=self.prefix + path,
                Body=content,
                ContentType=media_type(path),
                CacheControl=caching(path),
            )
        self.marks[path] = self._mark(path, answer["ETag"])

    def _delete(self, path: str) -> None:
        self._client.delete_object(Bucket=self.target.bucket, Key=self.prefix + path)

    def _all(self, act: Any, paths: Sequence[str]) -> None:
        with self._explaining(), ThreadPoolExecutor(_AT_ONCE) as workers:
            waiting = [workers.submit(act, path) for path in paths]
            try:
                for future in waiting:
                    future.result()
            finally:
                workers.shutdown(cancel_futures=True)

    def _mark(self, path: str, etag: str) -> str:
        headers = f"{media_type(path)}\n{caching(path)}\n{self.site.digest(path)}"
        return f"{hashlib.sha256(headers.encode()).hexdigest()} {etag}"

    def _listed(self) -> Iterator[tuple[str, str]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.target.bucket, Prefix=self.prefix
        )
        for page in pages:
            for found in page.get("Contents", ()):
                yield found["Key"].removeprefix(self.prefix), found["ETag"]

    def _list_kept(self) -> bytes:
        answer = self._client.get_object(Bucket=self.target.bucket, Key=self.prefix + MANIFEST)
        content: bytes = answer["Body"].read()
        return content

    @cached_property
    def _client(self) -> Any:
        import boto3
        from botocore.config import Config

        session = boto3.Session(
            profile_name=self.target.profile or None, region_name=self.target.region or None
        )
        elsewhere = bool(self.target.endpoint)
        return session.client(
            "s3",
            endpoint_url=self.target.endpoint or None,
            region_name=session.region_name or "us-east-1",
            config=Config(
                retries={"mode": "standard", "max_attempts": 4},
                connect_timeout=10,
                read_timeout=60,
                max_pool_connections=_AT_ONCE,
                # Other services may support neither bucket names in the host name nor the
                # checksums that Amazon added in 2025.
                s3={"addressing_style": "path" if elsewhere else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError, ValueError) as error:
            raise PublishingError(
                msg("problem.at", place=str(self.target), message=explained(error))
            ) from error


def explained(error: Exception) -> str:
    """Return what went wrong and what to do, by the service's error code or boto3's class."""
    response = getattr(error, "response", None) or {}
    code = str(response.get("Error", {}).get("Code", "")) or type(error).__name__
    if key := _MEANINGS.get(code):
        return msg(key)
    return msg("bucket.answered", answer=str(error))
