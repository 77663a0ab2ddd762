package org.manabi.board.predict;

import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;

/// The description of the service for machines, OpenAPI 3.1.
final class OpenApi {

    private static final String TEXT =
            """
            {
              "openapi": "3.1.0",
              "info": {"title": "Manabi predictions", "version": "1"},
              "paths": {
                "/v1/predict": {
                  "post": {
                    "summary": "Predicts samples, given as they are stored (before the divisor).",
                    "requestBody": {
                      "required": true,
                      "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Inputs"}},
                        "text/csv": {"schema": {"type": "string"}},
                        "application/x-npy": {"schema": {"type": "string", "format": "binary"}},
                        "image/png": {"schema": {"type": "string", "format": "binary"}},
                        "image/jpeg": {"schema": {"type": "string", "format": "binary"}}
                      }
                    },
                    "responses": {
                      "200": {
                        "description": "One prediction for each row, in their order.",
                        "content": {
                          "application/json": {
                            "schema": {"$ref": "#/components/schemas/Predictions"}
                          }
                        }
                      },
                      "400": {"$ref": "#/components/responses/Fault"},
                      "413": {"$ref": "#/components/responses/Fault"},
                      "415": {"$ref": "#/components/responses/Fault"},
                      "422": {"$ref": "#/components/responses/Fault"},
                      "503": {"$ref": "#/components/responses/Fault"}
                    }
                  }
                },
                "/v1/model": {
                  "get": {
                    "summary": "What the model takes and gives.",
                    "responses": {"200": {"description": "The model."}}
                  }
                },
                "/health": {
                  "get": {
                    "summary": "Whether the service answers.",
                    "responses": {"200": {"description": "It does."}}
                  }
                },
                "/metrics": {
                  "get": {
                    "summary": "What Prometheus collects.",
                    "responses": {"200": {"description": "Text in the exposition format."}}
                  }
                }
              },
              "components": {
                "schemas": {
                  "Row": {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": SIZE,
                    "maxItems": SIZE
                  },
                  "Inputs": {
                    "type": "object",
                    "required": ["inputs"],
                    "additionalProperties": false,
                    "properties": {
                      "inputs": {
                        "oneOf": [
                          {"$ref": "#/components/schemas/Row"},
                          {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": ROWS,
                            "items": {"$ref": "#/components/schemas/Row"}
                          }
                        ]
                      }
                    }
                  },
                  "Predictions": {
                    "type": "object",
                    "properties": {
                      "model": {"type": "string"},
                      "predictions": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "properties": {
                            "class": {"type": "string"},
                            "index": {"type": "integer"},
                            "probability": {"type": "number"},
                            "probabilities": {"type": "array", "items": {"type": "number"}},
                            "outputs": {"type": "array", "items": {"type": "number"}}
                          }
                        }
                      }
                    }
                  }
                },
                "responses": {
                  "Fault": {
                    "description": "What is wrong with the request, and where.",
                    "content": {
                      "application/json": {
                        "schema": {
                          "type": "object",
                          "properties": {
                            "error": {
                              "type": "object",
                              "properties": {
                                "status": {"type": "integer"},
                                "reason": {"type": "string"}
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
            """;

    private OpenApi() {}

    /// The description for a model.
    ///
    /// @param inputs numbers in one row
    static JsonValue of(int inputs) {
        String text =
                TEXT.replace("SIZE", Integer.toString(inputs))
                        .replace("ROWS", Integer.toString(Samples.MAX_ROWS));
        return JsonReader.parse(text, "openapi.json");
    }
}
