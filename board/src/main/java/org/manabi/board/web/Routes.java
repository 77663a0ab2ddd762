package org.manabi.board.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which handler answers which method and path. In a pattern such as `/api/runs/{id}` a name in
/// braces stands for any one part that is not empty.
public final class Routes {

    private final List<Route> routes = new ArrayList<>();

    /// No routes yet.
    public Routes() {}

    private record Route(String method, List<String> pattern, Handler handler) {

        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return Optional.empty();
            }
            Map<String, String> parts = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String wanted = pattern.get(i);
                if (wanted.startsWith("{") && !path.get(i).isEmpty()) {
                    parts.put(wanted.substring(1, wanted.length() - 1), path.get(i));
                } else if (!wanted.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(parts);
        }
    }

    /// Adds a handler; of several that match, the first added answers.
    public Routes on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, Arrays.asList(pattern.substring(1).split("/", -1)), handler));
        return this;
    }

    public Routes get(String pattern, Handler handler) {
        return on("GET", pattern, handler);
    }

    public Routes post(String pattern, Handler handler) {
        return on("POST", pattern, handler);
    }

    Response answer(Request request) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> parts = route.match(request.path());
            if (parts.isPresent()) {
                if (route.method().equals(method)) {
                    return route.handler().answer(request.with(parts.get()));
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw HttpFault.notFound("there is nothing at this path");
        }
        String methods = String.join(", ", allowed);
        return Response.fault(new HttpFault(405, "use " + methods + " here"))
                .with("Allow", methods);
    }
}
