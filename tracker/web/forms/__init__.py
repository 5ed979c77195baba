"""Forms: what pages send, brought into values or refused beside the field."""
