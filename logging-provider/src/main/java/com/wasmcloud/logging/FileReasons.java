package com.wasmcloud.logging;

import com.wasmcloud.provider.support.Causes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words for people; many exceptions of Java only name the file. */
final class FileReasons {
    private FileReasons() {}

    static IOException explained(IOException failure) {
        return new IOException(reason(failure), failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return Causes.text(failure);
    }
}
