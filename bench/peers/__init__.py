"""The same submissions through other graders, and through ours."""
