# One image for web, worker and beat: the command says which.
FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/alliances
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    ALLIANCES_VAR=/var/lib/alliances
RUN groupadd --system --gid 1000 alliances \
    && useradd --system --uid 1000 --gid alliances --home-dir /var/lib/alliances --create-home alliances
WORKDIR /srv/alliances
COPY --from=build /opt/venv /opt/venv
COPY . .
# The addresses of static files carry their fingerprint: made here, served by the web.
RUN DJANGO_SECRET_KEY=only-to-collect-the-static-files-never-used-at-run-time-xx \
    DJANGO_ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://unused:unused@localhost/unused \
    REDIS_URL=redis://localhost:6379/0 \
    ALLIANCES_VAR=/srv/alliances/var \
    python manage.py collectstatic --noinput --verbosity 0
ENV ALLIANCES_STATIC=/srv/alliances/var/static
USER alliances
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--config", "deploy/gunicorn.py"]
