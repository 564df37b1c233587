"""The window: Qt only. It shows what core holds and reports what a person does; it decides nothing."""
