package org.manabi.board.web;

/// Answers requests of one kind. May be called by many threads at once.
@FunctionalInterface
public interface Handler {

    /// The answer.
    ///
    /// @throws HttpFault if there is none but a reason
    Response answer(Request request);
}
