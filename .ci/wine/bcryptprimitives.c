/* Stands in for bcryptprimitives.dll, which Go's runtime loads for random bytes
 * and the Wine of Debian 12 lacks. For tests under Wine alone; never shipped.
 * RtlGenRandom is exported by advapi32.dll as SystemFunction036. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    while (length > 0) {
        ULONG step = length > 0x10000000 ? 0x10000000 : (ULONG)length;
        if (!SystemFunction036(buffer, step))
            return FALSE;
        buffer += step;
        length -= step;
    }
    return TRUE;
}
