package io.tieout.server.permission;

/// What a route's path names, and through which the project is found whose members may use it.
public enum Resource {
    PROJECT("project_id"),
    DATA_SOURCE("data_source_id"),
    RECONCILIATION("reconciliation_id"),
    JOB("job_id"),
    RESULT("result_id"),
    DECISION("decision_id");

    private final String parameter;

    Resource(String parameter) {
        this.parameter = parameter;
    }

    /// The name of its id in the path of a route.
    public String parameter() {
        return parameter;
    }
}
