# The service's image: `allclose serve`, and with another command a worker. Not the image that learners' code runs in,
# which is sandbox/Dockerfile.
#
#   docker build --tag allclose .
#   docker build --tag allclose --build-arg BASE=IMAGE --build-arg PIP_NO_INDEX=1 .      # wheels/ filled, no network
#
# BASE is any image of Debian 12 or later with Python 3.11 or later, its venv, and ca-certificates, which webhooks and
# mails are checked by. Wheels, where a folder wheels/ lies beside this file, are taken from there. Classic-builder syntax
# only: the tests build it through the daemon's API.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
ARG PIP_NO_INDEX
ENV PIP_FIND_LINKS=/wheels PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
    PIP_NO_INPUT=1 PIP_PROGRESS_BAR=off
# Locks and wheels before the code, so that a change of the code installs no library again.
COPY deploy/service.lock deploy/build.lock wheel[s] /wheels/
RUN set -eu; \
    python3 -m venv /opt/allclose/venv; \
    /opt/allclose/venv/bin/pip install --require-hashes --only-binary :all: --requirement /wheels/service.lock; \
    python3 -m venv /build; \
    /build/bin/pip install --require-hashes --only-binary :all: --requirement /wheels/build.lock
COPY pyproject.toml README.md LICENSE /source/
COPY app /source/app
COPY sandbox /source/sandbox
COPY migrations /source/migrations
RUN set -eu; \
    cd /source; \
    /build/bin/python -m hatchling build --target wheel --directory /made; \
    /opt/allclose/venv/bin/pip install --no-deps /made/*.whl; \
    /opt/allclose/venv/bin/pip check; \
    /opt/allclose/venv/bin/pip uninstall --yes --quiet pip setuptools

FROM ${BASE}
COPY --from=build /opt/allclose /opt/allclose
COPY problems /opt/allclose/problems
# The numeric user needs no entry anywhere; a new volume begins as this folder, which is its own.
RUN mkdir --mode 0700 /data && chown 10001:10001 /data
ENV PATH=/opt/allclose/venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 HOME=/data \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    ALLCLOSE_DATA_DIR=/data ALLCLOSE_PROBLEMS_DIR=/opt/allclose/problems ALLCLOSE_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Only whether the process answers: a service that cannot judge for now keeps its queue, and a restart would not help.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s CMD ["python", "-c", "import http.client, os; asked = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('ALLCLOSE_PORT', '8000')), timeout=4); asked.request('GET', '/healthz'); raise SystemExit(asked.getresponse().status != 200)"]
# The process itself gets SIGTERM, and has ALLCLOSE_GRACE_SECONDS to finish; give `docker stop` more than that.
ENTRYPOINT ["allclose"]
CMD ["serve"]
