"""What a participant sees: the door, the welcome, the answering page; and what a phone asks and sends by itself. No account, no name."""
