from app.domain.customer import CustomerDraft


def test_closing_keeps_a_copy_of_what_was_written_and_only_then(program, qtbot):
    backups = program.services.backups
    program.services.editing.add(program.actor, CustomerDraft("张三"))
    assert backups.make_at_close() is not None
    assert backups.make_at_close() is None


def test_a_window_that_stays_open_makes_the_daily_backup_itself(program, qtbot):
    application = program.application
    qtbot.waitUntil(lambda: application._safe is not None)
    application._safe.look()
    qtbot.waitUntil(lambda: len(program.services.backups.all()) == 1)
