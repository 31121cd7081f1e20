package io.tieout.server.source;

import io.tieout.server.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/// The file in the body of an upload: the body itself, or the first file of a form.
///
/// @param fileName as the sender's form calls it, without folders
record Upload(InputStream bytes, Optional<String> fileName) {
    private static final int LARGEST_PART_HEADER = 4096;
    private static final int LONGEST_NAME = 200;

    /// Finds the file.
    ///
    /// @throws io.tieout.server.problem.ProblemException where a form has no file
    static Upload of(Optional<String> contentType, InputStream body) {
        String type = contentType.orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return new Upload(body, Optional.empty());
        }
        Map<String, String> parameters = parser().parse(type, new char[] {';', ','});
        String boundary = parameters.get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > 70) {
            throw broken();
        }
        try {
            return firstFile(
                    MultipartInput.builder()
                            .setInputStream(body)
                            .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                            .setPartHeaderSizeMax(LARGEST_PART_HEADER)
                            .get());
        } catch (IOException _) {
            // A body that breaks off is a problem already; what is left is the form's own fault.
            throw broken();
        }
    }

    private static Upload firstFile(MultipartInput form) throws IOException {
        for (boolean more = form.skipPreamble(); more; more = form.readBoundary()) {
            String disposition = disposition(form.readHeaders());
            String fileName = parser().parse(disposition, ';').get("filename");
            if (fileName != null) {
                return new Upload(
                        new FormFile(form.newInputStream()), Optional.of(withoutFolders(fileName)));
            }
            form.discardBodyData();
        }
        throw Problem.malformed("the form has no file; send one as a part with a `filename`")
                .exception();
    }

    /// A file of a form that may end before its boundary.
    private static final class FormFile extends FilterInputStream {
        FormFile(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException _) {
                throw broken();
            }
        }
    }

    private static String disposition(String headers) {
        for (String line : headers.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).strip().equalsIgnoreCase("content-disposition")) {
                return line.substring(colon + 1);
            }
        }
        return "";
    }

    /// Senders may put paths and anything else here; it is only shown.
    static String withoutFolders(String fileName) {
        String name =
                fileName.substring(
                        Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String shown = name.replaceAll("\\p{Cntrl}", "");
        return shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown;
    }

    private static ParameterParser parser() {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser;
    }

    private static RuntimeException broken() {
        return Problem.malformed("the form is not valid `multipart/form-data`").exception();
    }
}
