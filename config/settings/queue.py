"""What Celery does with tasks: on which queue, for how long, and what beat begins when."""

from celery.schedules import crontab

from config.env import env

# How long a job, a document or a long act, may take until the work on it is ended, and for how long it stays with a
# worker that no longer says that it lives (core/jobs/making.py); that says so three times in this time.
JOB_SECONDS = env.int("JOB_SECONDS", 300)
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 30)
# Seconds after which /readyz/ takes the clock and the queue for dead, and what waits for too late.
READY_PULSE_SECONDS = env.int("READY_PULSE_SECONDS", 90)
READY_QUEUE_SECONDS = env.int("READY_QUEUE_SECONDS", 900)

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "questionnaires.render_pdf": {"queue": "pdf"},
    "questionnaires.render_shared_answers": {"queue": "pdf"},
    "reviews.render_text": {"queue": "pdf"},
    "observations.render_translation": {"queue": "pdf"},
    "reviews.render_publication": {"queue": "pdf"},
    "lots.render_protocol": {"queue": "pdf"},
    "lots.render_public_protocols": {"queue": "pdf"},
    "portal.render_cockpit": {"queue": "pdf"},
    "portal.make_cockpit_spreadsheet": {"queue": "pdf"},
    "portal.render_progress": {"queue": "pdf"},
    "portal.write_progress": {"queue": "pdf"},
}
# Jobs of the other queue. The report is blurred for all readers with one key; makers of documents have another, and two
# keys were two draws of the same figures, which together tell more than either.
_JOBS_ELSEWHERE = ("lots.publish_draw", "portal.render_general_report")
# These hold because each task runs in a process of its own (prefork), which can be killed. What is stuck in a library
# does not hear of the first limit and is killed at the second.
CELERY_TASK_ANNOTATIONS = {
    name: {"soft_time_limit": JOB_SECONDS, "time_limit": JOB_SECONDS + 15}
    for name in (*CELERY_TASK_ROUTES, *_JOBS_ELSEWHERE)
}
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, int | str] = {"visibility_timeout": 30 * 60}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "deliver-waiting-notifications": {"task": "core.deliver_waiting_notifications", "schedule": 60.0},
    "owe-password-links": {"task": "accounts.owe_password_links", "schedule": 60.0},
    "carry-on-outreach": {"task": "reviews.carry_on_outreach", "schedule": 60.0},
    "take-up-waiting-jobs": {"task": "core.take_up_waiting_jobs", "schedule": 15.0},
    "take-figures": {"task": "core.take_figures", "schedule": 60.0},
    "queue-missing-files": {"task": "reviews.queue_missing_files", "schedule": 15.0},
    "queue-missing-answers": {"task": "questionnaires.queue_missing_answers", "schedule": 15.0},
    "queue-missing-protocols": {"task": "lots.queue_missing_protocols", "schedule": 15.0},
    "carry-on-bulk-acts": {"task": "reviews.carry_on_bulk_acts", "schedule": 15.0},
    "send-joint-feedback": {"task": "dialogue.send_joint_feedback", "schedule": 60.0},
    "settle-notes": {"task": "reviews.settle_notes", "schedule": 60.0},
    "settle-polls": {"task": "reviews.settle_polls", "schedule": 60.0},
    "carry-out-access": {"task": "reviews.carry_out_access", "schedule": 5 * 60.0},
    "count-silence": {"task": "reviews.count_silence", "schedule": 60.0 * 60},
    "plan-reminders": {"task": "portal.plan_reminders", "schedule": 15 * 60.0},
    "remind-ministries": {"task": "questionnaires.remind_ministries", "schedule": crontab(hour=7, minute=0)},
    "remind-requests": {"task": "dialogue.remind_requests", "schedule": crontab(hour=7, minute=20)},
    "remind-follow-up": {"task": "observations.remind_follow_up", "schedule": crontab(hour=7, minute=10)},
    "repeat-letters": {"task": "reviews.repeat_letters", "schedule": crontab(hour=6, minute=30, day_of_week="mon-fri")},
    "forget-answers": {"task": "core.forget_answers", "schedule": crontab(minute=0)},
    "watch-record": {"task": "portal.watch_record", "schedule": crontab(hour=2, minute=30)},
}
CELERY_TIMEZONE = "UTC"
