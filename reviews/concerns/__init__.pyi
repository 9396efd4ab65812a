from .mails import TEMPLATE as TEMPLATE
