from .services import draft_reply as draft_reply, recall_reply as recall_reply, send_reply as send_reply
