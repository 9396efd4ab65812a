"""What is written of practising: in the portal by ``learners``, in the practice portal by ``exercises``."""
