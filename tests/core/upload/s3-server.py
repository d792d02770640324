#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bucket called "pictures" on loopback, kept by moto. It is private, as moto's are not: every signature is judged by
botocore, the signer of Amazon's own tools. The bucket "before-the-host" answers as those of OSS do. The argument is by how
many seconds its clock is ahead; a SIGUSR1 puts it an hour forward. Prints its port, and ends with 77 where moto is not
installed."""

import datetime
import email.utils
import hashlib
import io
import re
import signal
import sys
import time
from urllib.parse import parse_qs

try:
    import botocore.auth
    import moto.server
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from werkzeug.serving import WSGIRequestHandler, make_server
    from werkzeug.test import Client
except ImportError:
    sys.exit(77)

KEYS = {"AKIDRUSHES": "s3cret/with+signs=", "AKIDREADER": "only for reading"}
REGION = "eu-central-1"
ahead = int(sys.argv[1])
FORMAT = "%Y%m%dT%H%M%SZ"


def now():
    return datetime.datetime.fromtimestamp(time.time() + ahead, datetime.timezone.utc).replace(tzinfo=None)


def put_forward(*_):
    global ahead
    ahead += 3600


class Refusal(Exception):
    def __init__(self, status, code, message, more=""):
        self.status = status
        self.body = ("<?xml version='1.0' encoding='UTF-8'?>\n"
                     f"<Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>")


def find_secret(scope):
    access_key, _, region, service, end = scope.split("/")
    if access_key not in KEYS:
        raise Refusal("403 Forbidden", "InvalidAccessKeyId", "The access key ID does not exist in our records.")
    if region != REGION or service != "s3" or end != "aws4_request":
        raise Refusal("400 Bad Request", "AuthorizationHeaderMalformed", f"The region is wrong; expecting {REGION}.",
                      f"<Region>{REGION}</Region>")
    return Credentials(access_key, KEYS[access_key])


def mismatch():
    return Refusal("403 Forbidden", "SignatureDoesNotMatch", "The signature does not match the signature we calculated.")


def judge_headers(environ, url, body):
    parts = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\S+)",
                         environ["HTTP_AUTHORIZATION"])
    credentials = find_secret(parts[1])
    present = {k[5:].replace("_", "-").lower(): v for k, v in environ.items() if k.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        present["content-type"] = environ["CONTENT_TYPE"]
    names = parts[2].split(";")
    must = {"host"} | {n for n in present if n.startswith("x-amz-") or n == "content-type"}
    if not must <= set(names):
        raise Refusal("403 Forbidden", "AccessDenied", "There were headers present which were not signed.")
    if "AKIDREADER" in parts[1] and environ["REQUEST_METHOD"] != "GET":
        raise Refusal("403 Forbidden", "AccessDenied", "Access Denied")
    if hashlib.sha256(body).hexdigest() != present["x-amz-content-sha256"]:
        raise Refusal("400 Bad Request", "XAmzContentSHA256Mismatch", "The hash does not match what was computed.")
    date = datetime.datetime.strptime(present["x-amz-date"], FORMAT)
    if abs(now() - date) > datetime.timedelta(minutes=15):
        raise Refusal("403 Forbidden", "RequestTimeTooSkewed", "The difference between the times is too large.")

    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url, headers={n: present[n] for n in names})
    request.context["timestamp"] = present["x-amz-date"]
    auth = botocore.auth.S3SigV4Auth(credentials, "s3", REGION)
    if auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request) != parts[3]:
        raise mismatch()


def judge_query(environ, url, query):
    values = {k: v[0] for k, v in parse_qs(query).items()}
    date = datetime.datetime.strptime(values["X-Amz-Date"], FORMAT)
    credentials = find_secret(values["X-Amz-Credential"])
    life = datetime.timedelta(seconds=int(values["X-Amz-Expires"]))
    if not date - datetime.timedelta(minutes=15) <= now() <= date + life:
        raise Refusal("403 Forbidden", "AccessDenied", "Request has expired")

    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url)
    request.context["timestamp"] = values["X-Amz-Date"]
    auth = botocore.auth.S3SigV4QueryAuth(credentials, "s3", REGION, expires=int(values["X-Amz-Expires"]))
    auth._modify_request_before_signing(request)
    if auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request) != values["X-Amz-Signature"]:
        raise mismatch()


class Private:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        path, _, query = environ["REQUEST_URI"].partition("?")
        url = f"http://{environ['HTTP_HOST']}{path}"
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            if path.startswith("/before-the-host/"):
                raise Refusal("403 Forbidden", "SecondLevelDomainForbidden", "Please use virtual hosted style to access.")
            if "HTTP_AUTHORIZATION" in environ:
                judge_headers(environ, url, body)
            elif "X-Amz-Signature=" in query:
                judge_query(environ, url, query)
            else:
                raise Refusal("403 Forbidden", "AccessDenied", "Access Denied")
        except Refusal as refusal:
            start_response(refusal.status, [("Content-Type", "application/xml")])
            return [refusal.body.encode()]
        # moto's own Date is of another clock.
        return self.app(environ, lambda status, headers, *more: start_response(
            status, [(name, value) for name, value in headers if name.lower() != "date"], *more))


class Handler(WSGIRequestHandler):
    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() + ahead, usegmt=True)

    def log(self, kind, message, *args):
        pass


app = moto.server.DomainDispatcherApplication(moto.server.create_backend_app)
assert Client(app).put("/pictures", base_url="http://s3.amazonaws.com/").status_code == 200
signal.signal(signal.SIGUSR1, put_forward)
server = make_server("127.0.0.1", 0, Private(app), request_handler=Handler)
print(server.port, flush=True)
server.serve_forever()
