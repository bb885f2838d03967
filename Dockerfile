# One office: one token, one container, one volume.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/sigap && \
    /opt/sigap/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock && \
    pip install --no-cache-dir --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY flows flows
COPY storage storage
COPY reports reports
COPY simulator simulator
COPY docs docs
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . && \
    /opt/sigap/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 DATA_DIR=/data DATABASE_URL=sqlite:////data/sigap.db \
    KANTOR_FILE=/etc/sigap/kantor.yaml LOG_FORMAT=json HEALTH_LISTEN=127.0.0.1:9000
COPY --from=build /opt/sigap /opt/sigap
COPY deploy/sigap /usr/local/bin/sigap
COPY kantor.yaml /etc/sigap/kantor.yaml
RUN useradd --system --uid 10001 --home-dir /data sigap && install -d -o sigap /data
USER sigap
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/opt/sigap/bin/python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:9000/healthz', timeout=4)"]
ENTRYPOINT ["/opt/sigap/bin/python", "-m", "bot"]
CMD ["run"]
