"""What Celery does with tasks: on which queue, for how long, and what beat begins when."""

from celery.schedules import crontab

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "questionnaires.render_pdf": {"queue": "pdf"},
    "reviews.render_text": {"queue": "pdf"},
    "reviews.render_publication": {"queue": "pdf"},
    "lots.render_protocol": {"queue": "pdf"},
    "lots.render_public_protocols": {"queue": "pdf"},
    "portal.render_cockpit": {"queue": "pdf"},
}
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, int | str] = {"visibility_timeout": 30 * 60}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "deliver-waiting-notifications": {"task": "core.deliver_waiting_notifications", "schedule": 60.0},
    "carry-out-access": {"task": "reviews.carry_out_access", "schedule": 5 * 60.0},
    "count-silence": {"task": "reviews.count_silence", "schedule": 60.0 * 60},
    "plan-reminders": {"task": "portal.plan_reminders", "schedule": 15 * 60.0},
    "watch-record": {"task": "portal.watch_record", "schedule": crontab(hour=2, minute=30)},
}
CELERY_TIMEZONE = "UTC"
