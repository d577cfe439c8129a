from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Kind


def test_a_window_that_is_open_runs_the_rules_once_a_day(program, qtbot):
    services, actor = program.services, program.actor
    day = services.clock.today()
    draft = CustomerDraft("王伟", kind=Kind.PERSON, birthday=f"--{day:%m-%d}")
    services.editing.add(actor, draft)
    application = program.application
    qtbot.waitUntil(lambda: application._rules is not None)
    application._rules.look()
    qtbot.waitUntil(lambda: len(services.due.lines(actor, day)) == 1)
    application._rules.look()
    qtbot.waitUntil(application.tasks.idle)
    assert len(services.due.lines(actor, day)) == 1
    assert [one.draft.active for one in services.rules.all(actor)][:3] == [True, False, True]
