# One image for the web server, the workers and beat; which one it is, the command says.
# Its base images and packages come from wherever the builder is set up to get them.

# With a digest behind each name for a release: tools/docker/pin-images.sh.
ARG NODE_IMAGE=node:22-trixie-slim@sha256:b26b04c123d9ff8ab646ceb18b9d75a1173acf64b9a401094b906d27b29338d4
ARG PYTHON_IMAGE=python:3.13-slim-trixie@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285

FROM ${NODE_IMAGE} AS styles
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY tools/build_static.py tools/build_editor.mjs tools/
COPY static/css static/css
COPY static/editor static/editor
RUN python3 tools/build_static.py


FROM ${PYTHON_IMAGE} AS packages
WORKDIR /src
RUN python -m venv /venv
# Whether faults and traces can be told elsewhere (docs/operations/watching.md).
ARG WATCHING=false
COPY requirements-production.txt requirements-watching.txt ./
RUN if [ "$WATCHING" = true ]; then wanted=watching; else wanted=production; fi \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement "requirements-$wanted.txt"


FROM ${PYTHON_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk postgresql-client \
 && rm -rf /var/lib/apt/lists/*
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py ./
COPY config config
COPY core core
COPY accounts accounts
COPY reviews reviews
COPY questionnaires questionnaires
COPY dialogue dialogue
COPY observations observations
COPY lots lots
COPY portal portal
COPY templates templates
COPY static static
COPY fixtures fixtures
COPY locale locale
COPY --from=styles /src/build/static build/static
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/data
# Nothing here connects to a database; the settings only want to read an address and a key.
RUN SECRET_KEY=only-while-building DATABASE_URL=postgres://nobody@localhost/unused \
    sh -c 'pybabel --quiet compile --directory=locale --domain=django && python manage.py collectstatic --noinput -v0' \
 && python -m compileall -q . \
 && useradd --system --uid 10001 --no-create-home portal \
 && install -d -o portal -g portal /data
# By its number, so that a host that wants nobody to be root can tell.
USER 10001
VOLUME /data
EXPOSE 8000
# Loaded once and then forked: four processes start as fast as one, and share what does not change.
CMD ["python", "-m", "config.start", "gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--preload", "--worker-class=gthread", \
     "--workers=4", "--threads=8", "--timeout=60", "--graceful-timeout=30", "--no-control-socket", \
     "--worker-tmp-dir=/dev/shm", "--access-logfile=-", "--logger-class=config.server_logs.SecretlessLogger"]
