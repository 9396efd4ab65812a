from .services import clear_feedback as clear_feedback, hash_of_draft as hash_of_draft, save_comment as save_comment
