import Testing

@testable import MCP

@Suite struct RequestTicketTests {
  private func endless() -> Task<Void, Never> {
    Task { while !Task.isCancelled { await Task.yield() } }
  }

  /// The work may have come as far as its answer before anybody says what it is.
  @Test func workIsNotStoppedByAnAnswer() async {
    let ticket = RequestTicket()
    #expect(ticket.close())
    let task = endless()
    ticket.attach(task)
    #expect(!task.isCancelled)
    ticket.cancelTask()
    #expect(task.isCancelled)
  }

  @Test func whatWasCancelledBeforeStopsWhenItIsKnown() async {
    let ticket = RequestTicket()
    ticket.cancelTask()
    let task = endless()
    ticket.attach(task)
    #expect(task.isCancelled)
    #expect(ticket.close(), "an answer is still wanted")
    #expect(!ticket.close())
  }

  @Test(arguments: [true, false]) func workThatGoesOnForAnotherRequestStopsWithIt(isKnown: Bool) async {
    let (ticket, successor) = (RequestTicket(), RequestTicket())
    let task = endless()
    if isKnown { ticket.attach(task) }
    ticket.close()
    ticket.pass(to: successor)
    if !isKnown { ticket.attach(task) }
    #expect(!task.isCancelled)
    successor.cancelTask()
    #expect(task.isCancelled)
  }
}
