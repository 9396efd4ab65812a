from celery import shared_task

from core.mail import notifications


@shared_task(name="core.deliver_notification")
def deliver_notification_task(notification_id: str) -> None:
    notifications.deliver(notification_id)


@shared_task(name="core.deliver_notifications")
def deliver_notifications_task(notification_ids: list[str]) -> None:
    """One after the other; those that the end of the worker leaves behind are found by the next task."""
    for notification_id in notification_ids:
        notifications.deliver(notification_id)


@shared_task(name="core.deliver_waiting_notifications")
def deliver_waiting_notifications_task() -> None:
    waiting = notifications.waiting_ids()
    for start in range(0, len(waiting), notifications.TOGETHER):
        deliver_notifications_task.delay(waiting[start : start + notifications.TOGETHER])
