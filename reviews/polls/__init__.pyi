from .rows import poll_rows as poll_rows
from .selectors import Poll as Poll, open_polls as open_polls
from .services import PollInput as PollInput, answer_poll as answer_poll, propose_poll as propose_poll
