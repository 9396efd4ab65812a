from .services import answer_assignment as answer_assignment, return_proposal as return_proposal
