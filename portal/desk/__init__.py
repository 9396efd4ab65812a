"""The review desk: answers, feedback, requests and observations side by side."""
