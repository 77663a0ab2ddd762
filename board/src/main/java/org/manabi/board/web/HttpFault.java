package org.manabi.board.web;

/// A request that is answered with a status of 400 or more and one sentence that says why.
public final class HttpFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status of the answer, 400 … 599
    /// @param reason one sentence for the one who asked, with the fix if there is one
    public HttpFault(int status, String reason) {
        super(reason);
        this.status = status;
    }

    /// What was asked for does not exist.
    public static HttpFault notFound(String reason) {
        return new HttpFault(404, reason);
    }

    /// What was asked for cannot be understood.
    public static HttpFault badRequest(String reason) {
        return new HttpFault(400, reason);
    }

    public int status() {
        return status;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
