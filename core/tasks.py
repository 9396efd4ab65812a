from celery import shared_task

from core import notifications


@shared_task(name="core.deliver_notification")
def deliver_notification_task(notification_id: str) -> None:
    notifications.deliver(notification_id)


@shared_task(name="core.deliver_waiting_notifications")
def deliver_waiting_notifications_task() -> None:
    for notification_id in notifications.waiting_ids():
        deliver_notification_task.delay(notification_id)
